import type * as api from "../../typings/helpers.d.ts";
import { macDigits } from "./mac-digits.ts";

export const isMac: typeof api.isMac = (text) => macDigits(text) !== undefined;
