/**
 * What every package shares: ids, outcomes, exit codes and text that is safe to write.
 */
@NullMarked
package io.jobaudit;

import org.jspecify.annotations.NullMarked;
