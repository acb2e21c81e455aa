/** Commands: what an operator types, sees and gets back as an exit code. */
@NullMarked
package io.jobaudit.cli;

import org.jspecify.annotations.NullMarked;
