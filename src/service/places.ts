/** Where the service listens unless another path is named. */
export const DEFAULT_SOCKET = "/run/virt-warden/admit.sock";
