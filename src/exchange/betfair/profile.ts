/** Where an exchange is reached: nothing but hosts and trust differs between Betfair and the practice exchange. */
export interface BetfairProfile {
  readonly name: "betfair" | "practice";
  /** Whether orders sent here are real money. */
  readonly live: boolean;
  /** Base addresses, without a slash at the end. */
  readonly identityCert: string;
  readonly identity: string;
  readonly api: string;
  readonly stream: { readonly host: string; readonly port: number };
  /** PEM of the authority that signs the hosts' certificates; null for those the system trusts. */
  readonly authority: string | null;
}

/** Source: Betfair, "API endpoints" and "Exchange Stream API". */
export const BETFAIR: BetfairProfile = {
  name: "betfair",
  live: true,
  identityCert: "https://identitysso-cert.betfair.com",
  identity: "https://identitysso.betfair.com",
  api: "https://api.betfair.com",
  stream: { host: "stream-api.betfair.com", port: 443 },
  authority: null,
};

export type Api = "betting" | "account" | "heartbeat";

const METHODS: Readonly<Record<Api, string>> = {
  betting: "SportsAPING/v1.0/",
  account: "AccountAPING/v1.0/",
  heartbeat: "HeartbeatAPING/v1.0/",
};

export function rpcAddress(profile: BetfairProfile, api: Api): string {
  return `${profile.api}/exchange/${api}/json-rpc/v1`;
}

export function rpcMethod(api: Api, operation: string): string {
  return METHODS[api] + operation;
}

/** Every origin that may see a credential or a token of this profile. */
export function originsOf({ identityCert, identity, api }: BetfairProfile): string[] {
  return [...new Set([identityCert, identity, api].map((address) => new URL(address).origin))];
}
