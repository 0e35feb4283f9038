import type { Configuration } from "../config/configuration.ts";
import type { Problem } from "../user-error.ts";

/** Exemptions whose last day, which is in UTC and still counts, has passed. */
export function expiredExemptions({ file, rules }: Configuration, now: Date): Problem[] {
  const today = now.toISOString().slice(0, 10);
  return rules.flatMap(({ policy, exempt }) =>
    exempt
      .filter(({ expires }) => expires !== undefined && expires < today)
      .map(({ domain, uuid, expires, position }) => {
        const message = `exemption of ${domain ?? uuid} from ${policy} expired on ${expires}, so it exempts nobody: renew or remove it`;
        return { file, ...position, message };
      }),
  );
}
