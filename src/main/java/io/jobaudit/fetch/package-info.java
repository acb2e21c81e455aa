/** What the API says about an id. The only room that speaks to the cloud. */
@NullMarked
package io.jobaudit.fetch;

import org.jspecify.annotations.NullMarked;
