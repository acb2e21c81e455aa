/** Smart jobs as rows in PostgreSQL, so that writing twice equals writing once. */
@NullMarked
package io.jobaudit.store;

import org.jspecify.annotations.NullMarked;
