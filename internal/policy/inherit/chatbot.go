package inherit

// How many workspaces, tenants and exceptions from the default there may be (User Guide, "Chat applications policy syntax").
const (
	slackWorkspaces = 255
	teamsTenants    = 36
)

var chatbotWords = &vocabulary{
	typ:  Chatbot,
	size: characters(10_000),
	top: group("chatbot",
		group("platforms",
			group("slack",
				chatClient(),
				list("workspaces", anything).max(slackWorkspaces),
				group("default", chatChannels(), chatRoles()),
				table("overrides", anything, shape(chatChannels(), chatRoles())).max(slackWorkspaces),
			),
			group("microsoft_teams",
				chatClient(),
				table("tenants", anything, list("", anything).max(teamsTenants)).max(teamsTenants),
				group("default", chatRoles()),
				table("overrides", anything, table("", anything, shape(chatRoles())).max(teamsTenants)).max(teamsTenants),
			),
			group("chime", chatClient()),
		),
		group("default", chatClient()),
	),
}

func chatClient() *element { return choice("client", "enabled", "disabled") }

func chatChannels() *element { return list("supported_channel_types", oneOf("public", "private")) }

func chatRoles() *element { return list("supported_role_settings", oneOf("user_role", "channel_role")) }
