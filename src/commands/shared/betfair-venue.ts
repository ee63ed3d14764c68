import { dirname, join } from "node:path";
import type { App } from "../../app.js";
import type { Venue } from "../../exchange/venue.js";

/** Betfair by a credentials file of mode 0600; the session is kept beside the database for the next run. */
export async function betfairVenue(app: App, credentialsPath: string): Promise<Venue> {
  const [{ openBetfairVenue }, { BETFAIR }] = await Promise.all([
    import("../../exchange/betfair/open.js"),
    import("../../exchange/betfair/profile.js"),
  ]);
  return openBetfairVenue({
    profile: BETFAIR,
    credentialsPath,
    sessionPath: join(dirname(app.databasePath), "betfair.session"),
    clock: app.clock,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}
