package io.jobaudit.batch;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether a run is held against what the API itself lists.
 *
 * @param enabled whether all jobs of the account are listed, at one call per hundred
 */
@ConfigurationProperties("audit.completeness")
public record CompletenessProperties(@DefaultValue("false") boolean enabled) {
}
