.text
	.type	f, @function
f:
.L1:
	stm	%r11,%r15,44(%r15)	# 1	[c=4 l=4]  p
	brct	%r2,.L1	# 1	[c=4 l=4]  p
	lm	%r11,%r15,44(%r15)	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
