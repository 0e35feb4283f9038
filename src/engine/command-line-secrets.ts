import type { FoundSecrets } from "./found-secrets.ts";
import { maskJson } from "./json-secrets.ts";

/** A part of `key=value,…`; two commas are one within a value. */
const OPTION = /(?:[^,]|,,)+/g;

/** The last word of a key that holds a secret; `password-secret` names one. */
const SECRET_KEY = /(?:^|[-.])(?:password|passwd|passphrase|cookie)$/i;

/** Options whose `password` says whether there is one. */
const ASKS_FOR_PASSWORD: readonly string[] = ["vnc", "display"];

/** How QEMU reads a choice between yes and no. */
const CHOICE = /^(?:on|off|yes|no|y|n|true|false)$/i;

/** Secrets within a text, whatever option it belongs to: what stands before one, and the secret. */
const WITHIN: readonly { readonly of: string; readonly secret: RegExp }[] = [
  // https://user:SECRET@host
  { of: "://", secret: /(:\/\/[^/?#@\s:,]*:)((?:[^/?#\s,]|,,)+)(?=@)/g },
  // iscsi://user%SECRET@host
  { of: "://", secret: /((?:iscsi|iser):\/\/[^/?#@\s%,]*%)((?:[^/?#\s,]|,,)+)(?=@)/gi },
  // rbd:pool/image:id=admin:key=SECRET
  { of: "rbd:", secret: /(:key=)((?:[^:\\,\s]|\\.|,,)+)/g },
  // CEPH_ARGS
  { of: "--key", secret: /(--key[= ])(\S+)/g },
];

/** The environment's variables whose whole value is a secret, such as `LIBISCSI_CHAP_PASSWORD`. */
const SECRET_VARIABLE = /passw(?:or)?d|passphrase|secret|token/i;

/**
 * A program's arguments in their order. What is masked in them, by the syntax of QEMU's own options, or of JSON where an
 * argument has that form: the values of `password` (but `-vnc`'s, which says `on` or `off`), `passwd`, `passphrase` and
 * `cookie` of any option, also of nested ones (`file.cookie`, `x509-key-password`); `data` of `-object`; passwords and
 * keys within the addresses of disks' images. Names of secrets, such as `password-secret`, are none.
 *
 * @see https://www.qemu.org/docs/master/system/invocation.html
 */
export class CommandLine {
  readonly #found: FoundSecrets;
  /** The name of the option that the argument before was, whose value this one may be. */
  #option = "";
  #latest = "";

  constructor(found: FoundSecrets) {
    this.#found = found;
  }

  /** Goes on to the next argument. */
  next(argument: string): void {
    this.#option = /^--?([^-].*)$/s.exec(this.#latest)?.[1] ?? "";
    this.#latest = argument;
  }

  /** The argument, or another spelling of it, with its secrets masked. */
  mask(argument: string): string {
    const isSecret = (key: string): boolean => this.#isSecretKey(key);
    const isJson = argument.trimStart().startsWith("{");
    const plain = isJson ? argument : argument.replace(OPTION, (option) => this.#maskOption(option));
    return maskWithin(maskJson(plain, isSecret, this.#found), this.#found);
  }

  #maskOption(option: string): string {
    const equals = option.indexOf("=");
    if (equals < 0) return option;
    const key = option.slice(0, equals);
    const value = option.slice(equals + 1);
    const isChoice = ASKS_FOR_PASSWORD.includes(this.#option) && CHOICE.test(value);
    if (isChoice || !this.#isSecretKey(key)) return option;
    return `${key}=${this.#found.hide(value, value.replaceAll(",,", ","))}`;
  }

  #isSecretKey(key: string): boolean {
    if (SECRET_KEY.test(key)) return true;
    return this.#option === "set" ? /^object\..*\.data$/s.test(key) : this.#option === "object" && key === "data";
  }
}

/** The value of a variable of a program's environment, masked where its name says so, or where it has one within. */
export function maskVariable(name: string, value: string, found: FoundSecrets): string {
  return SECRET_VARIABLE.test(name) ? found.hide(value) : maskWithin(value, found);
}

function maskWithin(text: string, found: FoundSecrets): string {
  return WITHIN.reduce((masked, { of, secret }) => {
    if (!masked.includes(of)) return masked;
    return masked.replace(secret, (_, before: string, hidden: string) => {
      return `${before}${found.hide(hidden, hidden.replaceAll(",,", ","), hidden.replace(/\\(.)/g, "$1"))}`;
    });
  }, text);
}
