/**
 * Answers for ids: pace, retries, outages and the order of calls. Waits; never talks HTTP
 * itself.
 */
@NullMarked
package io.jobaudit.fetch;

import org.jspecify.annotations.NullMarked;
