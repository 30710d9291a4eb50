// The way to the web: through the proxy that the environment names, following redirects, and not waiting for ever.
import { type Dispatcher, EnvHttpProxyAgent, interceptors, Pool } from 'undici';

export type Web = Readonly<{
  dispatcher: Dispatcher;
  /** A server that sends nothing for so long is given up. */
  stallMs: number;
  close: () => Promise<void>;
}>;

/** Where files are published, one redirect leads to the host of the content; browsers give up at 20. */
const MAX_REDIRECTS = 5;

/** Reads HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in either case of letters. */
export function openWeb(stallMs: number): Web {
  const agent = new EnvHttpProxyAgent({
    // Proxies as a rule refuse to tunnel plain HTTP.
    proxyTunnel: false,
    // While a proxy is asked for a tunnel, the request that waits for it cannot be aborted.
    clientFactory: (proxy, options) => new Pool(proxy, { ...options, headersTimeout: stallMs }),
  });
  const dispatcher = agent.compose(interceptors.redirect({ maxRedirections: MAX_REDIRECTS }));
  return { dispatcher, stallMs, close: () => agent.destroy() };
}
