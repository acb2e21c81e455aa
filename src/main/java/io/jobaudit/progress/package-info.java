/** What a run shows while it runs: a progress line, log lines and one summary event. */
@NullMarked
package io.jobaudit.progress;

import org.jspecify.annotations.NullMarked;
