import { CallError, request } from '/js/api.js';
import { samplesOf } from './prometheus.js';

/**
 * The gateway's own metrics, as samplesOf gives them.
 * @throws CallError In words for people where they may not be read.
 */
export async function gatewayMetrics(signal) {
  try {
    return samplesOf(await (await request('/metrics', { signal })).text());
  } catch (error) {
    const words = {
      403: `The gateway's metrics are for keys with the scope admin: ${error.message}`,
      404: 'This address has no metrics; the gateway serves them at Gateway:ListenHttp.',
    }[error.httpCode];
    throw words ? new CallError({ message: words }, error.httpCode) : error;
  }
}
