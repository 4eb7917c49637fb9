import type { Fault } from './faults.ts';
import type { Json } from './types.ts';

/** A call of the bot's to the Web API, without tokens and secrets. */
export interface RecordedCall {
  method: string;
  args: Json;
  /** The workspace whose bot called. */
  teamId?: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Absent while there is no answer. */
  ok?: boolean;
  error?: string;
  /** What was made to go wrong. */
  fault?: Fault;
}
