import type { Account, Funds } from "../venue.js";
import { flagOf, listOf, moneyOf, numberOf, objectOf, optionalNumber, ShapeError, textOf } from "./json.js";

/** getAccountDetails. The name is the user's own: the venue does not tell it. Discount in percent there. */
export function readAccount(result: unknown, name: string): Account {
  const json = objectOf(result, "account");
  const currency = textOf(json, "currencyCode");
  const discount = optionalNumber(json, "discountRate", 0) / 100;
  if (discount < 0 || discount >= 1) throw new ShapeError(`discountRate was ${discount * 100}`);
  return { name, currency, discount };
}

/** getAccountFunds: exposure is negative there. */
export function readFunds(result: unknown): Funds {
  const json = objectOf(result, "funds");
  const exposureMinor = moneyOf(json, "exposure");
  return { availableMinor: moneyOf(json, "availableToBetBalance"), exposureMinor: Math.abs(exposureMinor) };
}

/** getDeveloperAppKeys: whether `appKey` is one that sees delayed prices and cannot bet. */
export function isDelayedKey(result: unknown, appKey: string): boolean {
  return listOf(result, "appKeys")
    .flatMap((app) => listOf(objectOf(app, "appKey").appVersions, "appVersions"))
    .map((version) => objectOf(version, "appVersion"))
    .some((version) => version.applicationKey === appKey && flagOf(version, "delayData"));
}

/** heartbeat: what was done. */
export function readHeartbeat(result: unknown): string {
  const json = objectOf(result, "heartbeat");
  numberOf(json, "actualTimeoutSeconds");
  return textOf(json, "actionPerformed");
}
