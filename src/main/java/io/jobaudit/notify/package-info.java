/** Tells people how a run ended: by webhook and by mail, and never at the run's cost. */
@NullMarked
package io.jobaudit.notify;

import org.jspecify.annotations.NullMarked;
