/** The job: steps, chunk size, listeners. No business rule. */
@NullMarked
package io.jobaudit.batch;

import org.jspecify.annotations.NullMarked;
