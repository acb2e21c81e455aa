/** What a report is about: a run or a period, and the queries bound to it. */
@NullMarked
package io.jobaudit.report.subject;

import org.jspecify.annotations.NullMarked;
