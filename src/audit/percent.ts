/** A share in whole percent, never 0 % or 100 % where it is not: `37 %`. */
export function percent(part: number, whole: number): string {
  const share = whole === 0 ? 0 : (100 * part) / whole;
  return `${share < 50 ? Math.ceil(share) : Math.floor(share)} %`;
}
