package io.jobaudit.preview;

import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.store.SmartJobStores;
import io.jobaudit.store.StoreProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the preview. */
@Configuration(proxyBeanMethods = false)
class PreviewConfiguration {

	@Bean
	Preview preview(SmartJobFetch fetch, SmartJobStores stores, StoreProperties store, ApiProperties api) {
		return new Preview(fetch, stores, store.account(), api.rate());
	}

}
