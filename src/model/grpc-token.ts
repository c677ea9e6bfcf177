/** Whether gRPC can carry a token in its metadata, where callers send it: printable ASCII on one line. */
export function isCarriedByGrpc(token: string): boolean {
  return /^[ -~]*$/.test(token);
}
