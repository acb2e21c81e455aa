/**
 * The Spring Batch job: its steps, chunk size, listeners, and how a run is launched. No
 * business rule.
 */
@NullMarked
package io.jobaudit.batch;

import org.jspecify.annotations.NullMarked;
