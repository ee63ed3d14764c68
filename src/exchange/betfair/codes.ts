/**
 * What a code says about an order that was sent.
 *
 * rejected    nothing stands at the venue
 * look-first  an earlier send of it exists, or half of the work was done
 * unknown     it may stand there
 */
export type PlaceVerdict = "rejected" | "look-first" | "unknown";

/** What a code says about a question: the answer is no, there is no answer, or we are not let in. */
export type AnswerVerdict = "refused" | "failed" | "unauthorised";

/**
 * Codes of execution and instruction reports. A code that is missing here is "unknown".
 *
 * Source: Betfair API-NG, ExecutionReportErrorCode and InstructionReportErrorCode.
 */
export const REPORT_CODES = {
  ERROR_IN_MATCHER: "unknown",
  PROCESSED_WITH_ERRORS: "unknown",
  BET_ACTION_ERROR: "rejected",
  INVALID_ACCOUNT_STATE: "rejected",
  INVALID_WALLET_STATUS: "rejected",
  INSUFFICIENT_FUNDS: "rejected",
  LOSS_LIMIT_EXCEEDED: "rejected",
  MARKET_SUSPENDED: "rejected",
  MARKET_NOT_OPEN_FOR_BETTING: "rejected",
  DUPLICATE_TRANSACTION: "look-first",
  INVALID_ORDER: "rejected",
  INVALID_MARKET_ID: "rejected",
  PERMISSION_DENIED: "rejected",
  DUPLICATE_BETIDS: "rejected",
  NO_ACTION_REQUIRED: "rejected",
  SERVICE_UNAVAILABLE: "unknown",
  REJECTED_BY_REGULATOR: "rejected",
  NO_CHASING: "rejected",
  REGULATOR_IS_NOT_AVAILABLE: "rejected",
  TOO_MANY_INSTRUCTIONS: "rejected",
  INVALID_MARKET_VERSION: "rejected",
  INVALID_PROFIT_RATIO: "rejected",
  INVALID_BET_SIZE: "rejected",
  INVALID_RUNNER: "rejected",
  BET_TAKEN_OR_LAPSED: "rejected",
  BET_IN_PROGRESS: "unknown",
  RUNNER_REMOVED: "rejected",
  INVALID_ODDS: "rejected",
  INVALID_PERSISTENCE_TYPE: "rejected",
  INVALID_BACK_LAY_COMBINATION: "rejected",
  ERROR_IN_ORDER: "rejected",
  INVALID_BET_ID: "rejected",
  CANCELLED_NOT_PLACED: "look-first",
  RELATED_ACTION_FAILED: "rejected",
  TIME_IN_FORCE_CONFLICT: "rejected",
  INVALID_MIN_FILL_SIZE: "rejected",
  INVALID_CUSTOMER_ORDER_REF: "rejected",
  BET_LAPSED_PRICE_IMPROVEMENT_TOO_LARGE: "rejected",
  MARKET_NOT_OPEN_FOR_BSP_BETTING: "rejected",
  INVALID_PRICE_EDIT: "rejected",
} as const satisfies Readonly<Record<string, PlaceVerdict>>;

interface ApiMeaning {
  readonly place: PlaceVerdict;
  readonly answer: AnswerVerdict;
}

const NO: ApiMeaning = { place: "rejected", answer: "refused" };
const SILENCE: ApiMeaning = { place: "unknown", answer: "failed" };
const STRANGER: ApiMeaning = { place: "rejected", answer: "unauthorised" };

/** Codes of an APINGException. SERVICE_BUSY does not promise that nothing was done. Source: APINGException. */
export const API_CODES = {
  TOO_MUCH_DATA: NO,
  INVALID_INPUT_DATA: NO,
  INVALID_SESSION_INFORMATION: STRANGER,
  NO_APP_KEY: STRANGER,
  NO_SESSION: STRANGER,
  INVALID_APP_KEY: STRANGER,
  UNEXPECTED_ERROR: SILENCE,
  TOO_MANY_REQUESTS: NO,
  SERVICE_BUSY: SILENCE,
  TIMEOUT_ERROR: SILENCE,
  REQUEST_SIZE_EXCEEDS_LIMIT: NO,
  ACCESS_DENIED: STRANGER,
} as const satisfies Readonly<Record<string, ApiMeaning>>;

/** Codes of JSON-RPC itself, where no exception of the API comes with them. */
export const RPC_CODES = {
  "-32700": NO,
  "-32601": NO,
  "-32602": NO,
  "-32603": SILENCE,
} as const satisfies Readonly<Record<string, ApiMeaning>>;

/** After these a new session helps; after the other strangers' codes it does not. */
export const SESSION_CODES: readonly string[] = ["NO_SESSION", "INVALID_SESSION_INFORMATION"];

/** When another login may be tried: never with these credentials, after the ban, or as often as the limit allows. */
export type LoginRetry = "never" | "after-ban" | "within-limit";

export interface LoginMeaning {
  readonly retry: LoginRetry;
  readonly message: string;
}

/** Why a login failed. Every one of them ends a run with exit code 4. Source: Betfair, "Non-Interactive (bot) login". */
export const LOGIN_CODES = {
  INVALID_USERNAME_OR_PASSWORD: {
    retry: "never",
    message: "the user name or the password is wrong: a few more attempts would lock the account",
  },
  CERT_AUTH_REQUIRED: {
    retry: "never",
    message: "the client certificate is missing, or not the one uploaded to the account",
  },
  STRONG_AUTH_CODE_REQUIRED: {
    retry: "never",
    message: "the account asks for a second factor: log in by certificate",
  },
  ACCOUNT_NOW_LOCKED: { retry: "never", message: "the account has just been locked: unlock it on the site" },
  ACTIONS_REQUIRED: {
    retry: "within-limit",
    message: "the account waits for something to be done on the site, such as new terms",
  },
  BETTING_RESTRICTED_LOCATION: {
    retry: "within-limit",
    message: "betting is not allowed from where this machine is",
  },
  SELF_EXCLUDED: { retry: "never", message: "the account's owner has excluded themselves from betting" },
  TEMPORARY_BAN_TOO_MANY_REQUESTS: {
    retry: "after-ban",
    message: "too many logins: the exchange answers again after twenty minutes",
  },
} as const satisfies Readonly<Record<string, LoginMeaning>>;

export function placeVerdict(code: string): PlaceVerdict {
  return (
    entry(REPORT_CODES, code) ?? entry(API_CODES, code)?.place ?? entry(RPC_CODES, code)?.place ?? "unknown"
  );
}

export function answerVerdict(code: string): AnswerVerdict {
  const known = entry(API_CODES, code) ?? entry(RPC_CODES, code);
  if (known !== undefined) return known.answer;
  return entry(REPORT_CODES, code) === undefined || placeVerdict(code) === "unknown" ? "failed" : "refused";
}

export function loginMeaning(code: string): LoginMeaning {
  return entry(LOGIN_CODES, code) ?? { retry: "within-limit", message: "the login failed" };
}

/**
 * What HTTP's status alone says of a request with a body that is no error of the venue's: nothing, of any class.
 *
 * A 4xx with an error of the venue in it is judged by that error's code; a page of a proxy is not the venue's word.
 */
export function statusCode(status: number): string {
  return `HTTP_${status}`;
}

/** Own keys only: "constructor" is no code. */
function entry<T>(table: Readonly<Record<string, T>>, code: string): T | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}
