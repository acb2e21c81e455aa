/** The summary page and its charts in SVG. */
@NullMarked
package io.jobaudit.report.html;

import org.jspecify.annotations.NullMarked;
