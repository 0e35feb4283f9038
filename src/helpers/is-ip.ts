import type * as api from "../../typings/helpers.d.ts";
import { parseIp } from "./parse-ip.ts";

export const isIp: typeof api.isIp = (text) => parseIp(text) !== undefined;
