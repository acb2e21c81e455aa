package io.jobaudit.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.zaxxer.hikari.HikariConfig;
import io.jobaudit.HttpProxy;
import io.jobaudit.billing.PriceLoader;
import io.jobaudit.cli.settings.KnownSettings;
import io.jobaudit.cli.settings.SettingsCheck;
import io.jobaudit.ids.IdQuery;
import io.jobaudit.ids.IdsProperties;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.csv.BudgetProperties;
import io.jobaudit.report.subject.BookingProperties;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.store.DatabaseUrl;
import io.jobaudit.store.StoreProperties;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.flyway.autoconfigure.FlywayProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Everything that a run would reject in the settings and in the files that they name, as
 * far as neither database nor network are needed to know.
 */
final class SettingsFaults {

	private static final Map<String, Class<?>> OF_SPRING = new TreeMap<>(
			Map.of("spring.datasource", DataSourceProperties.class, "spring.datasource.hikari", HikariConfig.class,
					"spring.flyway", FlywayProperties.class, "spring.mail", MailProperties.class));

	/** In place of a required setting that is wrong, to see the faults after it. */
	private static final Map<String, String> STAND_INS = Map.of("audit.api.region", "cn-shanghai");

	private static final Pattern NAME = Pattern.compile("\\b(audit|spring)(\\.[a-z0-9-]+)+");

	private final ConfigurableEnvironment environment;

	private final Set<String> faults = new LinkedHashSet<>();

	private final Map<Class<?>, Object> bound = new HashMap<>();

	private SettingsFaults(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	/** The faults, each as the run would report it. */
	static List<String> of(List<String> settings) {
		ConfigurableEnvironment environment;
		try {
			environment = Application.environment(settings);
		}
		catch (RuntimeException ex) {
			return List.of(Failures.describe(ex));
		}
		return of(environment);
	}

	private static List<String> of(ConfigurableEnvironment environment) {
		SettingsFaults found = new SettingsFaults(environment);
		found.checkValues();
		found.attempt(() -> DatabaseUrl.check(environment));
		found.check(StoreProperties.class, (store) -> store.requireDatabase(environment));
		found.check(IdsProperties.class, IdQuery::requireDriver);
		found.attempt(() -> PriceLoader.requireValidFile(Binder.get(environment)));
		found.check(ReportProperties.class, ReportWriter::requireValidDefinitions);
		found.check(BudgetProperties.class, ReportWriter::requireValidBudgets);
		found.check(BookingProperties.class, ReportWriter::requireValidAccounts);
		return List.copyOf(found.faults);
	}

	/** The faults of settings, but not those of files that they name. */
	static List<String> ofValues(ConfigurableEnvironment environment) {
		SettingsFaults found = new SettingsFaults(environment);
		found.checkValues();
		return List.copyOf(found.faults);
	}

	private void checkValues() {
		this.faults.addAll(SettingsCheck.faults(this.environment));
		records().forEach((type) -> bind(type.getAnnotation(ConfigurationProperties.class).value(), type));
		OF_SPRING.forEach(this::bind);
		attempt(() -> HttpProxy.of(this.environment.getProperty("audit.api.proxy")));
	}

	/** In the order of their prefixes, which several may share. */
	private static List<Class<?>> records() {
		Map<String, Class<?>> records = new TreeMap<>();
		KnownSettings.metadata().path("groups").forEach((group) -> {
			Class<?> type = ClassUtils.resolveClassName(group.path("type").asString(), null);
			ConfigurationProperties prefix = type.getAnnotation(ConfigurationProperties.class);
			if (prefix != null) {
				records.put(prefix.value() + " " + type.getName(), type);
			}
		});
		return List.copyOf(records.values());
	}

	/** Binding ends at the first fault, so it is repeated without what is wrong. */
	private void bind(String prefix, Class<?> type) {
		Set<ConfigurationPropertyName> wrong = new HashSet<>();
		while (true) {
			try {
				this.bound.put(type,
						new Binder(sourcesWithout(wrong), new PropertySourcesPlaceholdersResolver(this.environment))
							.bindOrCreate(prefix, type));
				return;
			}
			catch (BindException ex) {
				String fault = Failures.describe(ex);
				Matcher name = NAME.matcher(fault);
				if (!wrong.add(name.find() ? ConfigurationPropertyName.of(name.group()) : ex.getName())) {
					return;
				}
				this.faults.add(fault);
			}
		}
	}

	private List<ConfigurationPropertySource> sourcesWithout(Set<ConfigurationPropertyName> wrong) {
		List<ConfigurationPropertySource> sources = new ArrayList<>();
		Map<String, String> standIns = new HashMap<>(STAND_INS);
		standIns.keySet().removeIf((name) -> !wrong.contains(ConfigurationPropertyName.of(name)));
		sources.add(new MapConfigurationPropertySource(standIns));
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			sources.add(source
				.filter((name) -> wrong.stream().noneMatch((other) -> other.equals(name) || other.isAncestorOf(name))));
		}
		return sources;
	}

	/** Checks a record that could be bound, with what is left of its settings. */
	private <T> void check(Class<T> type, Consumer<T> check) {
		Object record = this.bound.get(type);
		if (record != null) {
			attempt(() -> check.accept(type.cast(record)));
		}
	}

	private void attempt(Runnable work) {
		try {
			work.run();
		}
		catch (RuntimeException ex) {
			this.faults.add(Failures.describe(ex));
		}
	}

}
