/** What a policy's script is called inside the sandbox, whatever its file is: no path of the host gets there. */
export const POLICY_FILENAME = "virt-warden:policy";
