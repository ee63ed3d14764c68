import type { Instant } from "../../core/clock.js";

/** One request. Always POST: the venue takes nothing else. */
export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * not-sent  the connection was never made: the request did not leave this machine
 * lost      it may have been received, and done, but no usable answer came
 */
export type HttpReply =
  | {
      readonly kind: "reply";
      readonly status: number;
      readonly body: string;
      /** The server's clock, to the second; null when it does not say. */
      readonly date?: Instant | null;
    }
  | { readonly kind: "not-sent"; readonly code: string; readonly detail: string }
  | { readonly kind: "lost"; readonly code: string; readonly detail: string };

/** Carries requests to one profile's hosts. Never throws, never repeats a request, never follows a redirect. */
export interface Transport {
  send(request: HttpRequest): Promise<HttpReply>;
  close(): Promise<void>;
}
