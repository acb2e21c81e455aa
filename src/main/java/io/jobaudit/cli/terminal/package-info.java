/** What the program knows about its terminal: colours, width, log format, version. */
@NullMarked
package io.jobaudit.cli.terminal;

import org.jspecify.annotations.NullMarked;
