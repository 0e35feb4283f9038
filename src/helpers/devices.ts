import type * as api from "../../typings/helpers.d.ts";

export const devices: typeof api.devices = (domain) => {
  const kinds: Readonly<Record<string, unknown>> = { ...domain.devices };
  const found = Object.entries(kinds).flatMap(([element, kind]) => {
    if (element === "emulator" || kind === undefined) return [];
    if (!Array.isArray(kind)) return [{ element, device: kind, at: `devices/${element}` }];
    return kind.map((device: unknown, index) => ({ element, device, at: `devices/${element}[${index + 1}]` }));
  });
  return found as api.Device[];
};
