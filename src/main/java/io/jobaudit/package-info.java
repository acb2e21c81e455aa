/**
 * What every package shares: ids, outcomes, exit codes, time, text that is safe to write,
 * and the texts that people read in reports.
 */
@NullMarked
package io.jobaudit;

import org.jspecify.annotations.NullMarked;
