import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { Store } from "./store.js";

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const HOURS_12 = 12 * 3600 * 1000;
const keyOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Passwords and sessions. The database holds neither a password nor what a cookie holds. */
export class Accounts {
  constructor(private readonly store: Store) {}

  /** Sets one password; of several people that share one, as in the demo, it is derived once. */
  async setPassword(password: string, ...persons: readonly string[]): Promise<void> {
    const salt = randomBytes(16);
    const hash = await derive(password, salt, 32);
    for (const person of persons) await this.store.setAccount(person, { salt: salt.toString("hex"), hash: hash.toString("hex") });
  }

  /** A new session's token, or nothing when person and password do not fit. */
  async login(person: string, password: string): Promise<string | undefined> {
    const account = await this.store.account(person);
    // The same work for a person without an account, so that time tells nothing.
    const hash = await derive(password, Buffer.from(account?.salt ?? "00", "hex"), 32);
    if (account === undefined || !timingSafeEqual(hash, Buffer.from(account.hash, "hex"))) return undefined;
    const token = randomBytes(32).toString("base64url");
    await this.store.setSession(keyOf(token), { person, until: Date.now() + HOURS_12 }, Date.now());
    return token;
  }

  /** Who holds this token. */
  async person(token: string): Promise<string | undefined> {
    const session = await this.store.session(keyOf(token));
    return session !== undefined && session.until > Date.now() ? session.person : undefined;
  }

  async logout(token: string): Promise<void> {
    await this.store.dropSession(keyOf(token));
  }
}
