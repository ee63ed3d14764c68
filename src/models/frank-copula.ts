/** Below this the closed form would divide rounding errors by the dependence; the series serves. */
const NEARLY_INDEPENDENT = 3e-4;

/**
 * Frank's copula C(u, v) with its derivatives by u, v and the dependence kappa, into `out` at 0 to 3.
 *
 * kappa > 0: positive dependence, < 0: negative, 0: independence, C = u v.
 * Source   Nelsen, An Introduction to Copulas, 2nd edition, section 4.2 (family 5).
 */
export function frankCopula(u: number, v: number, kappa: number, out: Float64Array): void {
  if (Math.abs(kappa) < NEARLY_INDEPENDENT) nearlyIndependent(u, v, kappa, out);
  else closedForm(u, v, kappa, out);
}

/** With A = e^-ku - 1, B = e^-kv - 1, D = e^-k - 1: C = -ln(1 + A B / D) / k. */
function closedForm(u: number, v: number, kappa: number, out: Float64Array): void {
  const a = Math.expm1(-kappa * u);
  const b = Math.expm1(-kappa * v);
  const d = Math.expm1(-kappa);
  const inside = 1 + (a * b) / d;
  const logInside = Math.log1p((a * b) / d);
  const byKappa = (-u * (a + 1) * b - v * (b + 1) * a + (a * b * (d + 1)) / d) / d;
  out[0] = -logInside / kappa;
  out[1] = ((a + 1) * b) / (d * inside);
  out[2] = ((b + 1) * a) / (d * inside);
  out[3] = logInside / (kappa * kappa) - byKappa / (kappa * inside);
}

/** C = uv + k/2 u(1-u) v(1-v) + k^2/12 u(1-u)(1-2u) v(1-v)(1-2v) + O(k^3). */
function nearlyIndependent(u: number, v: number, kappa: number, out: Float64Array): void {
  const [fu, fv] = [u * (1 - u), v * (1 - v)];
  const [gu, gv] = [fu * (1 - 2 * u), fv * (1 - 2 * v)];
  const [dgu, dgv] = [1 - 6 * fu, 1 - 6 * fv];
  const [first, second] = [kappa / 2, (kappa * kappa) / 12];
  out[0] = u * v + first * fu * fv + second * gu * gv;
  out[1] = v + first * (1 - 2 * u) * fv + second * dgu * gv;
  out[2] = u + first * fu * (1 - 2 * v) + second * gu * dgv;
  out[3] = (fu * fv) / 2 + (kappa / 6) * gu * gv;
}
