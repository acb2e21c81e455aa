/** Notifies people how a run ended, by webhook and mail, and never at the run's cost. */
@NullMarked
package io.jobaudit.notify;

import org.jspecify.annotations.NullMarked;
