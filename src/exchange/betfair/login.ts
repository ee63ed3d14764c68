import { statusCode } from "./codes.js";
import type { Credentials } from "./credentials.js";
import { type Json, objectOf, optionalText, ShapeError } from "./json.js";
import type { BetfairProfile } from "./profile.js";
import type { HttpReply, Transport } from "./transport.js";

/** denied: the venue said no, in a code of its own; failed: it could not be asked, or its answer not be read. */
export type LoginReply =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "denied"; readonly code: string }
  | { readonly kind: "failed"; readonly code: string; readonly detail: string };

/** One login: by certificate when there is one. The two forms answer in different fields. */
export async function login(
  transport: Transport,
  profile: BetfairProfile,
  { username, password, appKey, certificate }: Credentials,
): Promise<LoginReply> {
  const reply = await transport.send({
    url: certificate === null ? `${profile.identity}/api/login` : `${profile.identityCert}/api/certlogin`,
    headers: {
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded",
      "x-application": appKey,
    },
    body: new URLSearchParams({ username, password }).toString(),
  });
  return readReply(reply, certificate === null ? readInteractive : readCertificate);
}

/** Prolong a session; also "logout", which ends it. */
export async function renew(
  transport: Transport,
  profile: BetfairProfile,
  { appKey }: Credentials,
  token: string,
  what: "keepAlive" | "logout" = "keepAlive",
): Promise<LoginReply> {
  const reply = await transport.send({
    url: `${profile.identity}/api/${what}`,
    headers: { accept: "application/json", "x-application": appKey, "x-authentication": token },
    body: "",
  });
  return readReply(reply, readInteractive);
}

function readReply(reply: HttpReply, read: (json: Json) => LoginReply): LoginReply {
  if (reply.kind !== "reply") return { kind: "failed", code: reply.code, detail: reply.detail };
  if (reply.status !== 200)
    return { kind: "failed", code: statusCode(reply.status), detail: "the login server is in trouble" };
  try {
    return read(objectOf(JSON.parse(reply.body), "login"));
  } catch (error) {
    // Neither the parser's words nor the shape's: both quote the reply, and a token may be in it.
    if (error instanceof SyntaxError || error instanceof ShapeError)
      return { kind: "failed", code: "UNREADABLE_REPLY", detail: "the login server answered something else" };
    throw error;
  }
}

/** `{"sessionToken", "loginStatus"}` */
function readCertificate(json: Json): LoginReply {
  return tokenOr(optionalText(json, "sessionToken"), optionalText(json, "loginStatus"), "");
}

/** `{"token", "product", "status", "error"}` */
function readInteractive(json: Json): LoginReply {
  return tokenOr(optionalText(json, "token"), optionalText(json, "status"), optionalText(json, "error"));
}

function tokenOr(token: string, status: string, error: string): LoginReply {
  if (status === "SUCCESS" && token !== "") return { kind: "token", token };
  const code = error === "" ? status : error;
  if (code === "" || code === "SUCCESS")
    return { kind: "failed", code: "UNREADABLE_REPLY", detail: "a login without a token" };
  return { kind: "denied", code };
}
