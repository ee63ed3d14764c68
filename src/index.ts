export { StatisticoError } from "./core/errors.js";
