import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { TokenKeyError } from '../usecases/edges.ts';

export type Sealed = 'token' | 'refreshToken';

/** Seals tokens with AES-256-GCM, bound to their workspace and to what they are. */
export interface TokenBox {
  seal(teamId: string, what: Sealed, token: string): string;
  /** Throws a TokenKeyError where no key fits, or the text is another workspace's. */
  open(teamId: string, what: Sealed, sealed: string): string;
  /** Whether the first key sealed it. */
  isCurrent(sealed: string): boolean;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `keys`: 32 bytes each, in hex. The first one seals; the others still open. */
export function createTokenBox(keys: readonly string[]): TokenBox {
  const ring = keys.map((hex) => {
    const key = Buffer.from(hex, 'hex');
    return { key, id: createHash('sha256').update(key).digest('hex').slice(0, 8) };
  });
  const [current] = ring;
  if (!current) throw new Error('there is no key for tokens');
  const boundTo = (teamId: string, what: Sealed) => Buffer.from(JSON.stringify(['debrief', teamId, what]));
  return {
    seal(teamId, what, token) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, current.key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(boundTo(teamId, what));
      const text = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()]);
      return [current.id, ...[nonce, cipher.getAuthTag(), text].map((one) => one.toString('base64url'))].join(
        '.',
      );
    },

    open(teamId, what, sealed) {
      const [id, ...parts] = sealed.split('.');
      const [nonce, tag, text] = parts.map((part) => Buffer.from(part, 'base64url'));
      const key = ring.find((one) => one.id === id)?.key;
      if (!key || !nonce || !tag || !text) throw new TokenKeyError(teamId);
      try {
        const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
        decipher.setAAD(boundTo(teamId, what)).setAuthTag(tag);
        return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
      } catch {
        // Node says no more than that it does not fit.
        throw new TokenKeyError(teamId);
      }
    },

    isCurrent: (sealed) => sealed.startsWith(`${current.id}.`),
  };
}
