import { type DestinationStream, type Logger, pino } from 'pino';

/** Tokens, addresses that answer a person, signatures of links: whoever has one of these can act. */
const SECRETS: [RegExp, string][] = [
  [/\bx(?:ox[a-z]|app|oxe\.xox[a-z])-[\w.%-]+/gi, '[token]'],
  [/https?:\/\/hooks\.slack\.com\/\S+/gi, '[response_url]'],
  [/\b(postgres(?:ql)?|rediss?):\/\/[^\s@/]*@/gi, '$1://[account]@'],
  [/([?&](?:s|code|state)=)[\w%.~-]+/gi, '$1[secret]'],
  [/\bBearer\s+\S+/gi, 'Bearer [token]'],
];

/** A line without secrets; of several lines the first, since what follows quotes what was asked for. */
export function scrub(text: string): string {
  const [line = ''] = text.trim().split('\n');
  return SECRETS.reduce((clean, [secret, instead]) => clean.replace(secret, instead), line).slice(0, 500);
}

/** What may be logged of an error: never what it quotes of a request, a row or a person's words. */
export function errorInLog(error: unknown, depth = 0): object | string {
  if (!(error instanceof Error)) return scrub(String(error));
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message: quotes(error) ? NOT_SHOWN : scrub(error.message),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    stack: frames
      .slice(0, 12)
      .map((line) => scrub(line))
      .join('\n'),
    ...(cause !== undefined && depth < 3 && { cause: errorInLog(cause, depth + 1) }),
  };
}

/** The same in one line, for what keeps words of an error. */
export function errorWords(error: unknown): string {
  if (!(error instanceof Error)) return scrub(String(error));
  const { code } = error as { code?: unknown };
  const name = typeof code === 'string' ? `${error.name} (${code})` : error.name;
  return quotes(error) ? `${name}: ${NOT_SHOWN}` : scrub(`${name}: ${error.message}`);
}

const NOT_SHOWN = 'not shown: it may quote what people wrote';

/** Errors of Prisma show the call, PostgreSQL's of class 22 the value, JSON's a piece of the text. */
function quotes(error: Error): boolean {
  const { code } = error as { code?: unknown };
  return (
    /^Prisma|^DriverAdapterError|^SyntaxError/.test(error.name) ||
    (typeof code === 'string' && /^2[23]\w{3}$/.test(code))
  );
}

/** Lines of JSON on the standard output, in which no secret and no message text stands. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    serializers: { err: (error: unknown) => errorInLog(error) },
    formatters: {
      log: (line: Record<string, unknown>) =>
        Object.fromEntries(
          Object.entries(line).map(([key, value]) => [key, typeof value === 'string' ? scrub(value) : value]),
        ),
    },
    hooks: {
      logMethod(this: Logger, args: Parameters<pino.LogFn>, method: pino.LogFn) {
        const clean = args.map((one: unknown) => (typeof one === 'string' ? scrub(one) : one));
        method.apply(this, clean as Parameters<pino.LogFn>);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
