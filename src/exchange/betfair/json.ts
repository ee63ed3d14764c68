import type { Instant } from "../../core/clock.js";
import { type Minor, toMinor } from "../../domain/money.js";
import { parseInstant } from "../recorded/read-definition.js";

export type Json = Readonly<Record<string, unknown>>;

/** A reply that is not what the documentation says. Caught where replies are decoded, never shown as a crash. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

export function objectOf(value: unknown, field: string): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  return wrong(field, value);
}

export function listOf(value: unknown, field: string): readonly unknown[] {
  return Array.isArray(value) ? value : wrong(field, value);
}

/** A list that may be left out when it is empty. */
export function optionalList(value: unknown, field: string): readonly unknown[] {
  return value === undefined || value === null ? [] : listOf(value, field);
}

export function textOf(json: Json, field: string): string {
  const value = json[field];
  return typeof value === "string" ? value : wrong(field, value);
}

export function optionalText(json: Json, field: string): string {
  const value = json[field];
  return value === undefined || value === null ? "" : textOf(json, field);
}

export function numberOf(json: Json, field: string): number {
  const value = json[field];
  return typeof value === "number" && Number.isFinite(value) ? value : wrong(field, value);
}

export function optionalNumber(json: Json, field: string, absent: number): number {
  const value = json[field];
  return value === undefined || value === null ? absent : numberOf(json, field);
}

/** A whole number; some deployments write selections as text. */
export function idOf(json: Json, field: string): number {
  const value = json[field];
  const id = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof id === "number" && Number.isSafeInteger(id) && id >= 0 ? id : wrong(field, value);
}

export function flagOf(json: Json, field: string): boolean {
  const value = json[field];
  return typeof value === "boolean" ? value : wrong(field, value);
}

export function optionalFlag(json: Json, field: string): boolean {
  return json[field] === true;
}

/** Money as the venue writes it, a decimal, in minor units. */
export function moneyOf(json: Json, field: string, absent?: Minor): Minor {
  const value = json[field];
  if ((value === undefined || value === null) && absent !== undefined) return absent;
  const amount = numberOf(json, field);
  return Math.abs(amount) < 1e12 ? toMinor(amount) : wrong(field, value);
}

export function instantOf(json: Json, field: string): Instant {
  const value = json[field];
  return (typeof value === "string" ? parseInstant(withMillis(value)) : null) ?? wrong(field, value);
}

export function oneOf<T extends string>(json: Json, field: string, words: readonly T[]): T {
  const value = json[field];
  return words.find((word) => word === value) ?? wrong(field, value);
}

/** The venue leaves a time's milliseconds out, or writes one or two digits of them. */
function withMillis(text: string): string {
  return text.replace(/\.(\d{1,2})Z$/, (_, digits: string) => `.${digits.padEnd(3, "0")}Z`);
}

function wrong(field: string, value: unknown): never {
  const shown = value === undefined ? "missing" : (JSON.stringify(value)?.slice(0, 60) ?? typeof value);
  throw new ShapeError(`${field} was ${shown}`);
}
