// The types of the npm package systemd-notify, which has none.
declare module 'systemd-notify' {
  /** Rejects with what the program wrote, or with the error of starting it. */
  function notify(options: { readonly ready?: boolean }): Promise<unknown>;
  export = notify;
}
