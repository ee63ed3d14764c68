/** A point of a line. */
export type Point = readonly [x: number, y: number];

/**
 * Points that draw the same line on `columns` columns: of each column its first, lowest, highest and last.
 *
 * Nothing that the eye could see is lost, whatever the number of points. Source: Jugel et al., "M4", VLDB 2014.
 */
export function thin(points: readonly Point[], columns: number): readonly Point[] {
  if (points.length <= 4 * columns) return points;
  const first = points[0][0];
  const span = points[points.length - 1][0] - first;
  const parts = new Map<number, Point[]>();
  for (const point of points) {
    const column = Math.min(columns - 1, Math.floor(((point[0] - first) / span) * columns));
    const part = parts.get(column);
    if (part) part.push(point);
    else parts.set(column, [point]);
  }
  return [...parts.values()].flatMap(landmarks);
}

function landmarks(part: readonly Point[]): Point[] {
  let lowest = 0;
  let highest = 0;
  part.forEach(([, y], i) => {
    if (y < part[lowest][1]) lowest = i;
    if (y > part[highest][1]) highest = i;
  });
  const kept = new Set([0, Math.min(lowest, highest), Math.max(lowest, highest), part.length - 1]);
  return [...kept].map((i) => part[i]);
}
