/**
 * Fetches ids and lists jobs: rate limit, retries, outages and calls in flight. HTTP
 * itself is in {@code fetch.api}.
 */
@NullMarked
package io.jobaudit.fetch;

import org.jspecify.annotations.NullMarked;
