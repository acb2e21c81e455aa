/** Settings: which there are, where each comes from, and what is wrong with them. */
@NullMarked
package io.jobaudit.cli.settings;

import org.jspecify.annotations.NullMarked;
