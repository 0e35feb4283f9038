/** The runtime's answer, as `guest/describe.ts` writes it. */
export type GuestDescription = Described | Undescribed;

interface Described {
  readonly ok: true;
  readonly name: unknown;
  readonly description: unknown;
  readonly on: unknown;
  readonly needs: unknown;
  readonly whenRunning: unknown;
  readonly rewrites: boolean;
  readonly schema: boolean;
  readonly settings: unknown;
  readonly issues?: readonly { readonly message: string; readonly path: readonly (string | number)[] }[];
}

interface Undescribed {
  readonly ok: false;
  readonly code: "no-default-export" | "invalid" | "exception";
  readonly message: string;
  readonly stack?: string;
  readonly name: unknown;
}

const CODES: readonly unknown[] = ["no-default-export", "invalid", "exception"];

/**
 * Reads what the runtime wrote. It shares its world with the policy's code: what is not of the form that it writes is
 * no description at all.
 *
 * @returns undefined for any other text.
 */
export function readGuestDescription(text: string): GuestDescription | undefined {
  let description: unknown;
  try {
    description = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isDescribed(description) || isUndescribed(description) ? description : undefined;
}

function isDescribed(value: unknown): value is Described {
  const { ok, rewrites, schema, issues } = (value ?? {}) as Record<string, unknown>;
  const hasFlags = typeof schema === "boolean" && typeof rewrites === "boolean";
  return ok === true && hasFlags && (issues === undefined || isListOf(issues, isIssue));
}

function isUndescribed(value: unknown): value is Undescribed {
  const { ok, code, message, stack } = (value ?? {}) as Record<string, unknown>;
  return (
    ok === false &&
    CODES.includes(code) &&
    typeof message === "string" &&
    ["undefined", "string"].includes(typeof stack)
  );
}

function isIssue(value: unknown): boolean {
  const { message, path } = (value ?? {}) as Record<string, unknown>;
  return typeof message === "string" && isListOf(path, (key) => typeof key === "string" || typeof key === "number");
}

function isListOf(value: unknown, isMember: (member: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isMember);
}
