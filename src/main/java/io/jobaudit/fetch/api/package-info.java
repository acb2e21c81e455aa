/**
 * One signed, timed attempt: request, signature, HTTP, answer, error table. The only
 * package that talks to the cloud.
 */
@NullMarked
package io.jobaudit.fetch.api;

import org.jspecify.annotations.NullMarked;
