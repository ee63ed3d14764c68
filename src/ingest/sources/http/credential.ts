import type { KeyPlace } from "../source.js";

/** A key that no printer shows: it is in no property, and only `reveal` says it. */
export interface Secret {
  reveal(): string;
}

export function secretOf(text: string): Secret {
  return { reveal: () => text };
}

/** A key and where it goes. */
export interface Credential {
  readonly place: KeyPlace;
  /** Only requests to these hosts, "name:port", carry it. */
  readonly hosts: readonly string[];
  readonly secret: Secret;
}

/** The request as it is sent: the only place where the key is in it. Nothing is added for another host. */
export function authorised(
  url: string,
  credential: Credential | undefined,
): { readonly url: string; readonly headers: Readonly<Record<string, string>> } {
  const address = new URL(url);
  if (!credential?.hosts.includes(address.host)) return { url, headers: {} };
  const { place, secret } = credential;
  if (place.in === "header") return { url, headers: { [place.name]: secret.reveal() } };
  address.searchParams.set(place.name, secret.reveal());
  return { url: address.href, headers: {} };
}

/** A text without the key, whoever put it there. */
export function withoutKey(text: string, credential: Credential | undefined): string {
  const key = credential?.secret.reveal() ?? "";
  if (key === "") return text;
  return [key, encodeURIComponent(key)].reduce((clean, form) => clean.replaceAll(form, "*".repeat(8)), text);
}

/** Bytes without the key: servers echo what they were asked. */
export function bytesWithoutKey(bytes: Uint8Array, credential: Credential | undefined): Uint8Array {
  const key = credential?.secret.reveal() ?? "";
  const forms = key === "" ? [] : [...new Set([key, encodeURIComponent(key)])];
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!forms.some((form) => text.includes(form))) return bytes;
  // Latin-1 gives every byte a character of its own and back.
  const clean = forms.reduce(
    (whole, form) => whole.replaceAll(Buffer.from(form).toString("latin1"), "*".repeat(8)),
    text.toString("latin1"),
  );
  return Buffer.from(clean, "latin1");
}
