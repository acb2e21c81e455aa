/** Workbook definitions (workbook.yml and its SQL) and the rules that they must obey. */
@NullMarked
package io.jobaudit.report.definition;

import org.jspecify.annotations.NullMarked;
