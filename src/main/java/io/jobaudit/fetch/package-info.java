/**
 * Fetches ids and lists jobs: rate limit, retries, outages and calls in flight. HTTP
 * itself is in {@code fetch.api}.
 * <p>
 * The circuit breaker, whose open state is also its first one: <pre>
 *             a call is answered: an outage has ended, if one is proven
 *         +-------------------------------------------------------------+
 *         v                                                             |
 *      CLOSED                                                         OPEN --+ a probe fails:
 *   all calls pass                                     one caller probes, <--+ longer delay
 *         |                                              the others wait |
 *         +-------------------------------------------------------------&gt;+
 *            10 failures in a row; throttled, and no answer for            |
 *            max-delay; an id's retries are used up without an             |
 *            answer to any call                                            |
 *                                                                          v
 *      FATAL answer, in any state -----------------------------------&gt; TERMINATED
 *      a wrong certificate or a redirect before any answer, the same
 *                       probes fail, and no id was decided for outage-patience
 * </pre> An outage is proven when the canary, an id that a healthy API answers, has
 * failed for longer than max-delay, or within 10 failures in a row.
 */
@NullMarked
package io.jobaudit.fetch;

import org.jspecify.annotations.NullMarked;
