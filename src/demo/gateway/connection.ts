/**
 * For each request within the local Slack. A connection that is used again may just be closed by its other end, which
 * Slack would not show to anybody.
 */
export const FRESH_CONNECTION = { connection: 'close' };
