import type { IncomingMessage } from 'node:http';

/** The cookie by which a browser is known again between leaving for Slack and coming back. */
export interface InstallCookie {
  set(value: string): string;
  clear(): string;
  /** Null: the browser has none. */
  read(request: IncomingMessage): string | null;
}

const LIFE_S = 600;

/** `Secure` wherever it can be: on plain http only a bot on one's own machine goes without. */
export function createInstallCookie(baseUrl: string): InstallCookie {
  const secure = !isPlainLocalhost(baseUrl);
  const name = secure ? '__Host-debrief-install' : 'debrief-install';
  const rules = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return {
    set: (value) => `${name}=${value}; Max-Age=${LIFE_S}; ${rules}`,
    clear: () => `${name}=; Max-Age=0; ${rules}`,
    read(request) {
      const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
      return pairs.find(([key]) => key === name)?.[1] || null;
    },
  };
}

function isPlainLocalhost(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
